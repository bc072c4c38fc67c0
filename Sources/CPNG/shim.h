#include <setjmp.h>
#include <stddef.h>
#include <string.h>
#include <png.h>

/* libpng's simplified interface turns samples by what colour chunks say of them; its full one leaves
   them alone, but reports errors through a callback that must not return, and Swift cannot longjmp. */

typedef struct {
  const unsigned char *bytes;
  size_t count;
  size_t position;
  char *message;
  size_t capacity;
} png_memory_source;

static void png_memory_read(png_structp reader, png_bytep target, size_t count) {
  png_memory_source *source = (png_memory_source *)png_get_io_ptr(reader);
  if (count > source->count - source->position) png_error(reader, "it ends within a chunk");
  memcpy(target, source->bytes + source->position, count);
  source->position += count;
}

static void png_memory_fail(png_structp reader, png_const_charp message) {
  png_memory_source *source = (png_memory_source *)png_get_error_ptr(reader);
  strncpy(source->message, message, source->capacity - 1);
  longjmp(png_jmpbuf(reader), 1);
}

static void png_memory_note(png_structp reader, png_const_charp message) {
  (void)reader;
  (void)message;
}

/* Decodes `bytes` into rows of 8-bit samples: the high byte of 16, palettes resolved, transparency as
   alpha. With `pixels` null only the header is read. `capacity` is the size of `pixels`.
   Returns 0, or 1 with a line in `message`, of which there are `room` bytes, all zero. */
static inline int png_memory_decode(
    const unsigned char *bytes, size_t count, unsigned char *pixels, size_t capacity,
    unsigned *width, unsigned *height, unsigned *channels, char *message, size_t room) {
  png_memory_source source = {bytes, count, 0, message, room};
  png_structp reader = png_create_read_struct(
      PNG_LIBPNG_VER_STRING, &source, png_memory_fail, png_memory_note);
  if (!reader) return 1;
  png_infop info = png_create_info_struct(reader);
  if (!info || setjmp(png_jmpbuf(reader))) {
    png_destroy_read_struct(&reader, &info, NULL);
    return 1;
  }
  png_set_read_fn(reader, &source, png_memory_read);
  png_read_info(reader, info);
  png_set_strip_16(reader);
  png_set_expand(reader);
  int type = png_get_color_type(reader, info);
  int transparent = (type & PNG_COLOR_MASK_ALPHA) || png_get_valid(reader, info, PNG_INFO_tRNS);
  if (transparent && !(type & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(reader);
  int passes = png_set_interlace_handling(reader);
  png_read_update_info(reader, info);
  *width = png_get_image_width(reader, info);
  *height = png_get_image_height(reader, info);
  *channels = png_get_channels(reader, info);
  if (pixels) {
    size_t stride = png_get_rowbytes(reader, info);
    if (stride != (size_t)*width * *channels || stride * *height > capacity)
      png_error(reader, "its rows are not what its header says");
    for (int pass = 0; pass < passes; pass++)
      for (unsigned row = 0; row < *height; row++)
        png_read_row(reader, pixels + stride * row, NULL);
    png_read_end(reader, NULL);
  }
  png_destroy_read_struct(&reader, &info, NULL);
  return 0;
}
