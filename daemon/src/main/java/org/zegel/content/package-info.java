/**
 * Message bytes held by the daemon: contents, handles with quotas and expiry, and the encrypted spool.
 */
@NullMarked
package org.zegel.content;

import org.jspecify.annotations.NullMarked;
