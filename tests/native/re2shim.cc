// RE2 behind three C functions, for the differential tests of the scanner.
#include <re2/re2.h>

#include <vector>

extern "C" {

// Compiles a pattern of UTF-8; null if RE2 refuses it.
void* redactor_re2_compile(const char* pattern, int length) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(256 << 20);
  auto* expression = new RE2(re2::StringPiece(pattern, length), options);
  if (expression->ok()) {
    return expression;
  }

  delete expression;
  return nullptr;
}

void redactor_re2_free(void* expression) { delete static_cast<RE2*>(expression); }

// All matches that are not empty: every start in ascending order, behind a match from its end on, behind an empty one a byte further.
// Writes four numbers a match (its start and end; start and end of the first group that holds something, else of the match), at most
// `capacity` matches; returns how many there are.
int redactor_re2_find_all(void* expression, const char* text, int length, int* out, int capacity) {
  const RE2& re = *static_cast<RE2*>(expression);
  std::vector<re2::StringPiece> groups(1 + re.NumberOfCapturingGroups());
  re2::StringPiece all(text, length);
  int count = 0;
  for (int from = 0; from <= length;) {
    if (!re.Match(all, from, length, RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) {
      break;
    }

    int start = static_cast<int>(groups[0].data() - text);
    int end = start + static_cast<int>(groups[0].size());
    if (end == start) {
      from = start + 1;
      continue;
    }

    int value = 0;
    for (size_t g = 1; g < groups.size() && value == 0; g++) {
      value = groups[g].size() > 0 ? static_cast<int>(g) : 0;
    }

    if (count < capacity) {
      out[4 * count] = start;
      out[4 * count + 1] = end;
      out[4 * count + 2] = static_cast<int>(groups[value].data() - text);
      out[4 * count + 3] = out[4 * count + 2] + static_cast<int>(groups[value].size());
    }

    count++;
    from = end;
  }

  return count;
}
}
