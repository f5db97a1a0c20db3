/** The house's rules as tests: who may know whom, which library lives where, what nobody calls, how long things get. */
package org.zegel.architecture;
