/// The rules of the sandbox: what exists, what happens when, what goes wrong on purpose.
@NullMarked
package dev.slipway.sandbox.world;

import org.jspecify.annotations.NullMarked;
