using System.Buffers;
using Redactor.Receive;

namespace Redactor.Tests.Receive;

public sealed class ReadBlocksTests : IDisposable
{
    private const int Asked = 4096;

    private readonly ReadBlocks pool = new();

    public void Dispose() => pool.Dispose();

    [Fact]
    public void A_piece_holds_a_whole_frame()
    {
        using IMemoryOwner<byte> piece = pool.Rent(Asked);

        Assert.Equal(ReadBlocks.BlockBytes, piece.Memory.Length);
    }

    [Fact]
    public void A_longer_piece_is_as_long_as_was_asked_for()
    {
        using IMemoryOwner<byte> piece = pool.Rent(ReadBlocks.BlockBytes + 1);

        Assert.True(piece.Memory.Length > ReadBlocks.BlockBytes);
    }

    [Fact]
    public void Many_open_streams_get_no_more_than_they_ask_for_until_others_give_back()
    {
        Stack<IMemoryOwner<byte>> pieces = RentAll();

        using (IMemoryOwner<byte> beyond = pool.Rent(Asked))
        {
            Assert.Equal(Asked, beyond.Memory.Length);
        }

        pieces.Pop().Dispose();
        using (IMemoryOwner<byte> next = pool.Rent(Asked))
        {
            Assert.Equal(ReadBlocks.BlockBytes, next.Memory.Length);
        }

        GiveBack(pieces);
    }

    [Fact]
    public void A_piece_that_is_given_back_twice_counts_once()
    {
        IMemoryOwner<byte> piece = pool.Rent(Asked);
        piece.Dispose();
        piece.Dispose();
        Stack<IMemoryOwner<byte>> pieces = RentAll();

        using (IMemoryOwner<byte> beyond = pool.Rent(Asked))
        {
            Assert.Equal(Asked, beyond.Memory.Length);
        }

        Assert.Throws<ObjectDisposedException>(() => piece.Memory);
        GiveBack(pieces);
    }

    private static void GiveBack(Stack<IMemoryOwner<byte>> pieces)
    {
        foreach (IMemoryOwner<byte> piece in pieces)
        {
            piece.Dispose();
        }
    }

    private Stack<IMemoryOwner<byte>> RentAll()
    {
        var pieces = new Stack<IMemoryOwner<byte>>();
        for (long bytes = 0; bytes < ReadBlocks.MaxBytes; bytes += ReadBlocks.BlockBytes)
        {
            pieces.Push(pool.Rent(Asked));
        }

        Assert.All(pieces, piece => Assert.Equal(ReadBlocks.BlockBytes, piece.Memory.Length));
        return pieces;
    }
}
