/// Asks the world's resolver what a hostname stands for, and says so as a typed answer.
@NullMarked
package dev.slipway.dns;

import org.jspecify.annotations.NullMarked;
