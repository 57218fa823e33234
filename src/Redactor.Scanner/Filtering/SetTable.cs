using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Redactor.Scanning.Filtering;

/// <summary>The distinct sets of many atoms, a row of 256 flags each: there are some dozens, however many atoms.</summary>
internal sealed class SetTable
{
    private const int PositionBits = 5;

    private readonly Dictionary<ByteSet, int> numbers = [];
    private bool[] members = [];

    /// <summary>The test that the byte at <paramref name="position"/> (below 32) is in <paramref name="set"/>.</summary>
    public ushort Test(ByteSet set, int position)
    {
        if (!numbers.TryGetValue(set, out int number))
        {
            number = numbers.Count;
            numbers.Add(set, number);
            Array.Resize(ref members, (number + 1) << 8);
            foreach (byte member in set.Bytes())
            {
                members[(number << 8) + member] = true;
            }
        }

        return checked((ushort)(number << PositionBits | position));
    }

    /// <summary>Whether all of <paramref name="tests"/> hold for the bytes from <paramref name="first"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Admit(ushort[] tests, ref byte first)
    {
        ref bool flags = ref MemoryMarshal.GetArrayDataReference(members);
        foreach (ushort test in tests)
        {
            byte value = Unsafe.Add(ref first, test & ((1 << PositionBits) - 1));
            if (!Unsafe.Add(ref flags, (test >> PositionBits << 8) + value))
            {
                return false;
            }
        }

        return true;
    }
}
