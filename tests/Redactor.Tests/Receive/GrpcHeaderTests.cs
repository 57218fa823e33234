using FsCheck;
using FsCheck.Fluent;
using Redactor.Receive.Grpc;

namespace Redactor.Tests.Receive;

public class GrpcHeaderTests
{
    [Theory]
    [InlineData("1H", 3_600_000)]
    [InlineData("2M", 120_000)]
    [InlineData("30S", 30_000)]
    [InlineData("0S", 0)]
    [InlineData("00000250m", 250)]
    [InlineData("1500u", 2)]
    [InlineData("1n", 1)]
    public void A_timeout_is_read_in_every_unit_and_rounded_up_to_milliseconds(string text, int milliseconds)
    {
        Assert.True(GrpcTimeout.TryParse(text, out TimeSpan? timeout));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), timeout);
    }

    [Theory]
    [InlineData("")]
    [InlineData("99999999H")]
    public void No_timeout_and_one_beyond_every_timer_never_end(string text)
    {
        Assert.True(GrpcTimeout.TryParse(text, out TimeSpan? timeout));
        Assert.Null(timeout);
    }

    [Theory]
    [InlineData("S")]
    [InlineData("5")]
    [InlineData("5s")]
    [InlineData("-5S")]
    [InlineData("+5S")]
    [InlineData(" 5S")]
    [InlineData("5.5S")]
    [InlineData("123456789S")]
    [InlineData("5S,5S")]
    public void Anything_else_is_no_timeout(string text) => Assert.False(GrpcTimeout.TryParse(text, out _));

    [Fact]
    public void A_message_of_any_text_is_printable_ASCII_on_the_wire_and_comes_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Generator.Where(s => s is not null).Select(WellFormed).ToArbitrary(), text =>
        {
            string encoded = GrpcMessageText.Encode(text);
            return encoded.All(c => c is >= ' ' and <= '~') && Uri.UnescapeDataString(encoded) == text;
        }).QuickCheckThrowOnFailure();

    private static string WellFormed(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);
}
