namespace Redactor.Scanning.Filtering.Kernels;

/// <summary>
/// The two questions about raw bytes that are answered many bytes at a time, and the only code that differs from processor to processor.
/// Answers are bitmaps: bit <c>i</c> of word <c>w</c> is for the byte at <c>64 * w + i</c>. A kernel may read
/// <see cref="Block.Lookahead"/> bytes behind the last word.
/// </summary>
internal interface IBlockKernel
{
    /// <summary>The engine that this kernel is.</summary>
    static abstract FilterEngine Engine { get; }

    /// <summary>The symbols (of <see cref="TextStatistics"/>) that pass where a byte of <paramref name="wanted"/> should be.</summary>
    static abstract UInt128 SymbolsPassed(ByteSet wanted);

    /// <summary>The symbols that pass where one of the symbols <paramref name="wanted"/> should: the parts of which bytes are looked up may mix.</summary>
    static abstract UInt128 Mix(UInt128 wanted);

    /// <summary>Where some bucket of <paramref name="tables"/> admits all of the next bytes, as many as a window has.</summary>
    static abstract void MarkWindows(WindowTables tables, ref readonly byte text, Span<ulong> marks);

    /// <summary>Where a byte of <paramref name="set"/> is.</summary>
    static abstract void MarkMembers(AsciiSet set, ref readonly byte text, Span<ulong> members);
}
