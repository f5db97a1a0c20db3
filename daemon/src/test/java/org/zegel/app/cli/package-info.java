/** The command line as it is: every test starts the real program. */
package org.zegel.app.cli;
