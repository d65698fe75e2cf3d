/// A rehearsal on screen: how it goes, statement by statement, and what it showed, with the evidence
/// behind each figure. The wizard and the drawer of a preview show the same parts.
@NullMarked
package dev.slipway.ui.rehearsal;

import org.jspecify.annotations.NullMarked;
