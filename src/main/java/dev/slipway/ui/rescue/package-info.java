/// The wizard that gets back what a restore took away: shows it, writes it to files, brings it back. It
/// asks the service that the command line asks; what it starts has the page of every operation.
@NullMarked
package dev.slipway.ui.rescue;

import org.jspecify.annotations.NullMarked;
