/// The wizard that makes what serves the newest version again. It asks the service that the command line
/// asks; what it starts has the page of every operation.
@NullMarked
package dev.slipway.ui.heal;

import org.jspecify.annotations.NullMarked;
