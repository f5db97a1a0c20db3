/** Where requests of the command line go: the daemon, as a paired client, or all of Zegel in this very process. */
@NullMarked
package org.zegel.app.client;

import org.jspecify.annotations.NullMarked;
