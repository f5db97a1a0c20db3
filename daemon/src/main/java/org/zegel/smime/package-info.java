/**
 * MIME and CMS: signs, encrypts and opens messages. The only importer of Bouncy Castle's cms package. Judges nothing.
 */
@NullMarked
package org.zegel.smime;

import org.jspecify.annotations.NullMarked;
