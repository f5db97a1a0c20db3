/**
 * The prompts people see: dialogs on the display, questions on a terminal. What is shown never decides anything.
 */
@NullMarked
package org.zegel.consent.dialog;

import org.jspecify.annotations.NullMarked;
