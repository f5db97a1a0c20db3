/**
 * Certificates of other people: harvested from signed mail, and what they are known to read.
 */
@NullMarked
package org.zegel.directory;

import org.jspecify.annotations.NullMarked;
