#include <setjmp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <jpeglib.h>
#include <jerror.h>

/* libjpeg reports fatal errors through a callback that must not return, and Swift cannot longjmp;
   hence this function: with that of libpng the only C in the package that is not a system header. */

typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf escape;
  int truncated;
  char *message;
} jpeg_memory_errors;

static void jpeg_memory_fail(j_common_ptr info) {
  jpeg_memory_errors *errors = (jpeg_memory_errors *)info->err;
  info->err->format_message(info, errors->message);
  longjmp(errors->escape, 1);
}

static void jpeg_memory_note(j_common_ptr info, int level) {
  jpeg_memory_errors *errors = (jpeg_memory_errors *)info->err;
  if (level >= 0) return;
  errors->manager.num_warnings++;
  /* A scan that ends before its last block, with the file's own end behind it, is read by everybody. */
  if (info->err->msg_code == JWRN_JPEG_EOF) errors->truncated = 1;
}

/* Pictures have a dozen scans; a small file of thousands over a large picture would take minutes. */
enum { jpeg_memory_most_scans = 100 };

static void jpeg_memory_watch(j_common_ptr info) {
  jpeg_memory_errors *errors = (jpeg_memory_errors *)info->err;
  if (((j_decompress_ptr)info)->input_scan_number <= jpeg_memory_most_scans) return;
  snprintf(errors->message, JMSG_LENGTH_MAX, "more than %d scans", jpeg_memory_most_scans);
  longjmp(errors->escape, 1);
}

/* Decodes `bytes`. With `pixels` null only the header is read. `capacity` is the size of `pixels`.
   Returns 0, or 1 with a line in `message` (JMSG_LENGTH_MAX long), or 2 if the data end early. */
static inline int jpeg_memory_decode(
    const unsigned char *bytes, size_t count, unsigned char *pixels, size_t capacity,
    unsigned *width, unsigned *height, unsigned *channels, int *inverted, char *message) {
  struct jpeg_decompress_struct info;
  jpeg_memory_errors errors;
  memset(&errors, 0, sizeof errors);
  errors.message = message;
  info.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = jpeg_memory_fail;
  errors.manager.emit_message = jpeg_memory_note;
  if (setjmp(errors.escape)) {
    jpeg_destroy_decompress(&info);
    return 1;
  }
  jpeg_create_decompress(&info);
  struct jpeg_progress_mgr watch = {.progress_monitor = jpeg_memory_watch};
  info.progress = &watch;
  jpeg_mem_src(&info, bytes, (unsigned long)count);
  jpeg_read_header(&info, TRUE);
  switch (info.num_components) {
    case 1: info.out_color_space = JCS_GRAYSCALE; break;
    case 4: info.out_color_space = JCS_CMYK; break;
    default: info.out_color_space = JCS_RGB; break;
  }
  info.dct_method = JDCT_ISLOW;
  jpeg_calc_output_dimensions(&info);
  *width = info.output_width;
  *height = info.output_height;
  *channels = (unsigned)info.output_components;
  *inverted = info.saw_Adobe_marker;
  if (pixels) {
    size_t stride = (size_t)info.output_width * (size_t)info.output_components;
    if (stride * info.output_height > capacity) {
      jpeg_destroy_decompress(&info);
      return 2;
    }
    jpeg_start_decompress(&info);
    while (info.output_scanline < info.output_height) {
      JSAMPROW row = pixels + stride * info.output_scanline;
      jpeg_read_scanlines(&info, &row, 1);
    }
    jpeg_finish_decompress(&info);
  }
  jpeg_destroy_decompress(&info);
  return errors.truncated ? 2 : 0;
}
