/** The samples of {@code org.zegel.fixtures.samples} opened by all of Zegel. */
package org.zegel.samples;
