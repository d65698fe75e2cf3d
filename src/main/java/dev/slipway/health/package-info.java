/// Asks deployed Workers how they are, and judges a series of answers. An answer that does not say
/// which version gave it proves nothing about a version.
@NullMarked
package dev.slipway.health;

import org.jspecify.annotations.NullMarked;
