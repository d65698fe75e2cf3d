/// Tries which code works on which schema: the code that is live and the code that is released, each in
/// a throw-away script bound to the branch of a rehearsal, asked for its health before and after the
/// migrations. Nothing of production is touched; what cannot be tried is not proven, with the reason.
@NullMarked
package dev.slipway.release.fit;

import org.jspecify.annotations.NullMarked;
