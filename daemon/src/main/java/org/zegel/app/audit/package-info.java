/** The audit log's files and its copies in the system's own log: journald, syslog, the Windows event log. */
@NullMarked
package org.zegel.app.audit;

import org.jspecify.annotations.NullMarked;
