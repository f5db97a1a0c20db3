/** All that is logged while the tests run, at the most verbose level, is gathered and searched for secrets. */
package org.zegel.logsearch;
