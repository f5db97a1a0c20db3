/**
 * Tables that making and opening CMS share: which object identifiers and parameters stand for which algorithms.
 */
@NullMarked
package org.zegel.smime.cms;

import org.jspecify.annotations.NullMarked;
