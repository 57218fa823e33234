namespace Redactor.Scanning.Filtering;

/// <summary>A set of ASCII bytes in the forms that kernels look it up in.</summary>
internal sealed class AsciiSet
{
    private readonly byte[] members = new byte[128];
    private readonly byte[] rows = new byte[16];

    /// <summary>Creates the tables for <paramref name="set"/>, all of it below 0x80.</summary>
    public AsciiSet(ByteSet set)
    {
        foreach (byte value in set.Bytes())
        {
            members[value] = 0xFF;
            rows[value & 15] |= (byte)(1 << (value >> 4));
        }
    }

    /// <summary>The bit in <see cref="Rows"/> for bits 3 to 6 of a byte, of which 4 to 6 choose it.</summary>
    public static ReadOnlySpan<byte> RowBits => [1, 1, 2, 2, 4, 4, 8, 8, 16, 16, 32, 32, 64, 64, 128, 128];

    /// <summary>For each of the 128 bytes 0xFF if it is in the set, else 0.</summary>
    public ReadOnlySpan<byte> Members => members;

    /// <summary>For bits 0 to 3 of a byte, a bit (see <see cref="RowBits"/>) for each value of the next three that makes it a member.</summary>
    public ReadOnlySpan<byte> Rows => rows;
}
