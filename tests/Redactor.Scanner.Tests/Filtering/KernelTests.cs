using System.Runtime.Intrinsics;
using Redactor.Scanning.Filtering;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Scanning.Tests.Filtering;

/// <summary>What each kernel marks is what windows are chosen by: a plan that reckons with less would let through more than it says.</summary>
public class KernelTests
{
    private const int Bucket = 5;

    [Fact]
    public void What_the_scalar_kernel_lets_through_is_what_the_plan_reckons_with() => EverythingPassedIsReckonedWith<ScalarKernel>();

    [Fact]
    public void What_the_128_bit_kernel_lets_through_is_what_the_plan_reckons_with() =>
        EverythingPassedIsReckonedWith<NibbleKernel<Lanes128, Vector128<byte>>>(Lanes128.IsSupported);

    [Fact]
    public void What_the_256_bit_kernel_lets_through_is_what_the_plan_reckons_with() =>
        EverythingPassedIsReckonedWith<NibbleKernel<Lanes256, Vector256<byte>>>(Lanes256.IsSupported);

    [Fact]
    public void What_the_512_bit_kernel_lets_through_is_what_the_plan_reckons_with() => EverythingPassedIsReckonedWith<VbmiKernel>(VbmiKernel.IsSupported);

    /// <summary>One window whose first position admits a random set and the others everything: the bytes that are marked are those that the kernel says may be.</summary>
    private static void EverythingPassedIsReckonedWith<TKernel>(bool supported = true)
        where TKernel : struct, IBlockKernel
    {
        if (!supported)
        {
            return;
        }

        byte[] text = [.. Enumerable.Range(0, 256).Select(value => (byte)value), .. new byte[Block.Lookahead]];
        ulong[] marks = new ulong[4], members = new ulong[4];
        Random random = new(1);
        for (int round = 0; round < 2_000; round++)
        {
            ByteSet wanted = Random(random, 0x80), more = wanted | (round % 2 == 0 ? ByteSet.Empty : Random(random, 0x100));
            var atom = new Atom([more, .. Enumerable.Repeat(ByteSet.All, Window.Short - 1)]);
            TKernel.MarkWindows(new WindowTables([new Window(atom, 0, 0, Bucket)], Window.Short), in text[0], marks);
            UInt128 reckoned = TKernel.Mix(TKernel.SymbolsPassed(more));
            for (int value = 0; value < 256; value++)
            {
                bool marked = (marks[value / 64] >> value & 1) != 0;
                Assert.True(marked || !more.Contains((byte)value));
                if (value < 0x80 && value is not (TextStatistics.LowerHigh or TextStatistics.UpperHigh))
                {
                    Assert.Equal((reckoned >> value & 1) != 0, marked);
                }
            }

            TKernel.MarkMembers(new AsciiSet(wanted), in text[0], members);
            for (int value = 0; value < 256; value++)
            {
                Assert.Equal(wanted.Contains((byte)value), (members[value / 64] >> value & 1) != 0);
            }
        }
    }

    private static ByteSet Random(Random random, int below)
    {
        ByteSet set = ByteSet.Of((byte)random.Next(' ', 0x7F));
        for (int i = random.Next(1, 9); i > 0; i--)
        {
            set |= ByteSet.Of((byte)random.Next(below));
        }

        // No text has these two, whose symbols stand for what is not ASCII, and the others have their low bits.
        return set & ~ByteSet.Range(TextStatistics.LowerHigh, TextStatistics.UpperHigh) & ~ByteSet.Range(0x80 | TextStatistics.LowerHigh, 0x80 | TextStatistics.UpperHigh);
    }
}
