/**
 * Use cases: the paired clients and their grants.
 */
@NullMarked
package org.zegel.operation.client;

import org.jspecify.annotations.NullMarked;
