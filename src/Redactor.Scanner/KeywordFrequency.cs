using Redactor.Scanning.Filtering;

namespace Redactor.Scanning;

/// <summary>Estimates how often text holds a literal, by what text of the kinds that telemetry is made of usually looks like.</summary>
public static class KeywordFrequency
{
    /// <summary>What the estimate looks at, in bytes: longer literals are as rare as the rarest part of this length.</summary>
    private const int Window = 4;

    /// <summary>Expected occurrences in a mebibyte of text, without ASCII case. Good for an order of magnitude, and never too low for long literals.</summary>
    public static double PerMebibyte(string keyword)
    {
        UInt128[] symbols = [.. keyword.Select(SymbolsOf), .. Enumerable.Repeat(UInt128.MaxValue, Math.Max(0, Window - keyword.Length))];
        double least = Enumerable.Range(0, symbols.Length - Window + 1)
            .Min(i => TextStatistics.Share(symbols.AsSpan(i, Window)));
        return least * (1 << 20);
    }

    private static UInt128 SymbolsOf(char c) =>
        c < 0x80 ? TextStatistics.SymbolsOf(ByteSet.Of((byte)char.ToLowerInvariant(c)) | ByteSet.Of((byte)char.ToUpperInvariant(c))) : TextStatistics.SymbolsOf(ByteSet.Range(0x80, 0xff));
}
