/** A real daemon under traffic that no friend would make: for a while, and killed at any moment. */
package org.zegel.soak;
