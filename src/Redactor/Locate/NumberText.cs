using System.Globalization;

namespace Redactor.Locate;

/// <summary>Numbers as the text that number rules read.</summary>
public static class NumberText
{
    /// <summary>The most digits that <see cref="TryFormat(long, Span{byte}, out int)"/> writes.</summary>
    public const int MaxLength = 20;

    /// <summary>2^64: a double from there on has no exact digits to prove.</summary>
    private const double MaxDouble = 18446744073709551616.0;

    /// <summary>Whether a number in protobuf is large enough for a rule to read.</summary>
    /// <param name="type">Its wire type: a varint is an integer, any other a double.</param>
    /// <param name="bits">Its bits.</param>
    public static bool IsScanned(WireType type, ulong bits) => type == WireType.Varint
        ? Magnitude((long)bits) >= LocateLimits.MinScannedNumber
        : Math.Abs(BitConverter.UInt64BitsToDouble(bits)) is >= LocateLimits.MinScannedNumber and < MaxDouble;

    /// <summary>The digits of an integer's magnitude; false if it is below <see cref="LocateLimits.MinScannedNumber"/>.</summary>
    public static bool TryFormat(long value, Span<byte> digits, out int written) => TryFormat(Magnitude(value), digits, out written);

    /// <summary>The digits of a double's magnitude; false if it is below <see cref="LocateLimits.MinScannedNumber"/>, no whole number, or too large to be exact.</summary>
    public static bool TryFormat(double value, Span<byte> digits, out int written)
    {
        double magnitude = Math.Abs(value);
        written = 0;
        return magnitude < MaxDouble && Math.Truncate(magnitude) == magnitude && TryFormat((ulong)magnitude, digits, out written);
    }

    /// <summary>The digits of a magnitude; false if it is below <see cref="LocateLimits.MinScannedNumber"/>.</summary>
    public static bool TryFormat(ulong magnitude, Span<byte> digits, out int written)
    {
        written = 0;
        return magnitude >= LocateLimits.MinScannedNumber
            && magnitude.TryFormat(digits, out written, default, CultureInfo.InvariantCulture);
    }

    private static ulong Magnitude(long value) => value < 0 ? (ulong)-value : (ulong)value;
}
