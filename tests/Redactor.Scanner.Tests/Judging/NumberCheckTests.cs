using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Redactor.Scanning.Judging;

namespace Redactor.Scanning.Tests.Judging;

public class NumberCheckTests
{
    [Theory]
    [InlineData("card", "4111 1111 1111 1111")]
    [InlineData("card", "378282246310005")]
    [InlineData("card", "6759649826438453")]
    [InlineData("card", "3056-9309-0259-04")]
    [InlineData("iban", "AL47 2121 1009 0000 0002 3569 8741")]
    [InlineData("iban", "BR9700360305000010009795493P1")]
    [InlineData("iban", "be68539007547034")]
    [InlineData("luhn", "79927398713")]
    public void A_valid_number_is_confirmed(string check, string number) => Assert.True(Ask(check, number));

    [Theory]
    [InlineData("card", "4111 1111 1111 1112")]
    [InlineData("card", "1748503543012")]
    [InlineData("card", "4111")]
    [InlineData("card", "not a number at all")]
    [InlineData("iban", "AT61 1904 3002 3457 3202")]
    [InlineData("iban", "BE6853900754703")]
    [InlineData("iban", "ZZ68539007547034")]
    [InlineData("luhn", "79927398710")]
    [InlineData("luhn", "")]
    public void An_invalid_number_is_rejected(string check, string number) => Assert.False(Ask(check, number));

    [Fact]
    public void Changing_any_one_digit_of_a_card_number_breaks_its_proof() =>
        Prop.ForAll(ArbMap.Default.ArbFor<uint>(), seed =>
        {
            char[] number = "4111111111111111".ToCharArray();
            int at = (int)(seed % 15) + 1;
            number[at] = (char)('0' + ((number[at] - '0' + 1 + seed / 16 % 9) % 10));
            return !Ask("card", new string(number));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_check_fails_on_any_bytes() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            foreach (string name in Checks.Names)
            {
                Checks.Find(name)!(bytes);
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_unknown_check_is_not_found() => Assert.Null(Checks.Find("no-such-check"));

    private static bool Ask(string check, string text) => Checks.Find(check)!(Encoding.UTF8.GetBytes(text));
}
