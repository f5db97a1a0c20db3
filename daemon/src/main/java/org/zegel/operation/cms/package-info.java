/**
 * Use cases over bare CMS, for clients that build their own MIME.
 */
@NullMarked
package org.zegel.operation.cms;

import org.jspecify.annotations.NullMarked;
