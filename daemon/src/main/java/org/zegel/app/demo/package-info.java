/** {@code zegel demo}: the main job shown with throwaway keys, in process and through every door. */
@NullMarked
package org.zegel.app.demo;

import org.jspecify.annotations.NullMarked;
