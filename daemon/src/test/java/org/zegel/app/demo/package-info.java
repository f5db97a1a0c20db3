/** The demo as a newcomer sees it. */
package org.zegel.app.demo;
