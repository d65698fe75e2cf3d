/// What Slipway reads from and changes at one GitHub repository. `GitHub` is the port; no answer
/// format shows through it.
@NullMarked
package dev.slipway.github;

import org.jspecify.annotations.NullMarked;
