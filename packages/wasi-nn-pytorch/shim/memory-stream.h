// A stream on bytes that somebody else owns; nothing is copied.
#pragma once

#include <cstdint>
#include <istream>
#include <streambuf>

class MemoryBuffer : public std::streambuf {
public:
  MemoryBuffer(const uint8_t *bytes, uint64_t length) {
    // A stream buffer never writes to what it reads from.
    char *begin = const_cast<char *>(reinterpret_cast<const char *>(bytes));
    setg(begin, begin, begin + length);
  }

protected:
  pos_type seekoff(off_type offset, std::ios_base::seekdir direction, std::ios_base::openmode) override {
    const off_type length = egptr() - eback();
    const off_type start = direction == std::ios_base::beg ? 0 : direction == std::ios_base::end ? length : gptr() - eback();
    if (offset < -start || offset > length - start) return pos_type(off_type(-1));
    setg(eback(), eback() + start + offset, egptr());
    return pos_type(start + offset);
  }

  pos_type seekpos(pos_type position, std::ios_base::openmode mode) override {
    return seekoff(off_type(position), std::ios_base::beg, mode);
  }
};

class MemoryStream : private MemoryBuffer, public std::istream {
public:
  MemoryStream(const uint8_t *bytes, uint64_t length)
      : MemoryBuffer(bytes, length), std::istream(static_cast<MemoryBuffer *>(this)) {}
};
