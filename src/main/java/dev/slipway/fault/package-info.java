/// Things that go wrong on purpose in a sandbox, as people name and switch them. Only a sandbox has
/// them; this package knows no sandbox.
@NullMarked
package dev.slipway.fault;

import org.jspecify.annotations.NullMarked;
