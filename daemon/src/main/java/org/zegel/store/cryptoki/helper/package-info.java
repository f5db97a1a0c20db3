/**
 * The helper process and the pipe to it: {@link HelperServer} is the process' side, {@link ModuleProcesses} the daemon's.
 * Both are of one program and one version. Neither trusts the other's lengths: a module may have written anywhere.
 */
@NullMarked
package org.zegel.store.cryptoki.helper;

import org.jspecify.annotations.NullMarked;
