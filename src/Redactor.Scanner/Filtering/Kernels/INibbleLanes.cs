namespace Redactor.Scanning.Filtering.Kernels;

/// <summary>What <see cref="NibbleKernel{TLanes, TVector}"/> needs of a vector of bytes; one instruction or two each.</summary>
internal interface INibbleLanes<TVector>
    where TVector : struct
{
    /// <summary>The engine of this width.</summary>
    static abstract FilterEngine Engine { get; }

    /// <summary>Bytes in a vector; a divisor of 64.</summary>
    static abstract int Width { get; }

    /// <summary>A table of 16 entries, repeated in every 128 bits.</summary>
    static abstract TVector Table(ReadOnlySpan<byte> entries);

    /// <summary>For each index 0 to 15 in <paramref name="indices"/> the entry of <paramref name="table"/>; 0 for those from 0x80 up.</summary>
    static abstract TVector Lookup(TVector table, TVector indices);

    /// <summary>Of each byte at <paramref name="at"/> the bits <paramref name="mask"/>, and, as a number of four bits, bits 3 to 6.</summary>
    static abstract (TVector Low, TVector High) LoadBits(ref readonly byte text, nuint at, byte mask);

    /// <summary>Bitwise and.</summary>
    static abstract TVector And(TVector a, TVector b);

    /// <summary>Bitwise or.</summary>
    static abstract TVector Or(TVector a, TVector b);

    /// <summary>A bit for each byte that is not zero.</summary>
    static abstract ulong NonZero(TVector bytes);
}
