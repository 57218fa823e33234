using System.Buffers.Binary;
using Redactor.Scanning.Exact;

namespace Redactor.Scanning.Tests.Exact;

public class SipHash128Tests
{
    [Theory]
    [InlineData(0, "A3817F04BA25A8E66DF67214C7550293")]
    [InlineData(1, "DA87C1D86B99AF44347659119B22FC45")]
    [InlineData(8, "3B62A9BA6258F5610F83E264F31497B4")]
    [InlineData(15, "5493E99933B0A8117E08EC0F97CFC3D9")]
    public void The_hash_of_0_1_2_and_so_on_under_the_key_0_to_15_is_that_of_OpenSSL(int length, string expected)
    {
        byte[] message = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        byte[] hash = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(hash, new SipHash128(0x0706050403020100, 0x0F0E0D0C0B0A0908).Of(message));
        Assert.Equal(expected, Convert.ToHexString(hash));
    }
}
