/// Practises going back: the stack's code is deployed to throw-away Workers on a throw-away branch of
/// production and put back by the engine and the steps of a real rollback, each step measured. Production
/// is only read, and nothing stays.
@NullMarked
package dev.slipway.release.drill;

import org.jspecify.annotations.NullMarked;
