/// The page of the first start: explore the sandbox, or connect accounts, and what to try first. It
/// needs no world, so it also stands where none could be opened.
@NullMarked
package dev.slipway.ui.welcome;

import org.jspecify.annotations.NullMarked;
