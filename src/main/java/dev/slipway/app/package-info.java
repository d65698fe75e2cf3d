/// The composition root: which world, which home, which token; everything is wired here with plain
/// `new`. The only package that sees the sandbox.
@NullMarked
package dev.slipway.app;

import org.jspecify.annotations.NullMarked;
