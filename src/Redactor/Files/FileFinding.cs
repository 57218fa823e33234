namespace Redactor.Files;

/// <summary>Something found in a file. Holds no byte of what was found.</summary>
/// <param name="Rule">Index into the rule set.</param>
/// <param name="Offset">Where it starts, in bytes from the start of the file.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Just behind it.</param>
/// <param name="Excerpt">The text around it on its line, with masks in place of findings and blanks in place of control characters.</param>
internal sealed record FileFinding(int Rule, long Offset, long Length, TextPosition Start, TextPosition End, string Excerpt);

/// <summary>A place in a text.</summary>
/// <param name="Line">From 1; lines end with a line feed.</param>
/// <param name="Column">In characters (Unicode code points) from 1.</param>
internal readonly record struct TextPosition(int Line, int Column);

/// <summary>What came of scanning one file.</summary>
/// <param name="Path">As people write it: relative if the file is below the current folder.</param>
/// <param name="Length">Bytes that were looked at; 0 for a binary file.</param>
/// <param name="Findings">In ascending order of start.</param>
/// <param name="Problem">What kept it from being scanned whole, or null.</param>
internal sealed record FileReport(string Path, long Length, IReadOnlyList<FileFinding> Findings, string? Problem);
