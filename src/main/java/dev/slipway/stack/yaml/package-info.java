/// YAML 1.2 as a tree whose every part knows its line and column, bounded in size, depth and
/// aliases, so that a hostile file costs no more than a sentence.
@NullMarked
package dev.slipway.stack.yaml;

import org.jspecify.annotations.NullMarked;
