/**
 * The wire format, version 1: sealed requests, results, error codes and their JSON codec. Knows no operation.
 */
@NullMarked
package org.zegel.protocol;

import org.jspecify.annotations.NullMarked;
