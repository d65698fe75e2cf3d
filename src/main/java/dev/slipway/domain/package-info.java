/// The words everyone uses: values without behaviour beyond their own rules. Depends on nothing but
/// the JDK.
@NullMarked
package dev.slipway.domain;

import org.jspecify.annotations.NullMarked;
