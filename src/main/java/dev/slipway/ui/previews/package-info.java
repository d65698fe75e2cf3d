/// The list of previews with its drawer: what each open pull request has, what is wrong with it and
/// because of what. Reads only.
@NullMarked
package dev.slipway.ui.previews;

import org.jspecify.annotations.NullMarked;
