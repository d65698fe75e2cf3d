/// The list of operations of this home: what waits for a person, what runs, what ended. Opening one
/// leads to its page; nothing is started or deleted here.
@NullMarked
package dev.slipway.ui.operations;

import org.jspecify.annotations.NullMarked;
