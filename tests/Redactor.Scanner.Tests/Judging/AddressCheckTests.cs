using System.Text;
using Redactor.Scanning.Judging;

namespace Redactor.Scanning.Tests.Judging;

public class AddressCheckTests
{
    [Theory]
    [InlineData("email", "jane.doe19850730@mail.local")]
    [InlineData("email", "13800138000@mail.local")]
    [InlineData("email", "git.fan@mail.local")]
    [InlineData("phone", "+1.5551234567")]
    [InlineData("phone", "+44 20 7946 0958")]
    public void Somebodys_address_is_confirmed(string check, string value) => Assert.True(Ask(check, value));

    [Theory]
    [InlineData("email", "git@code.local")]
    [InlineData("email", "backup@hourly.timer")]
    [InlineData("email", "logo@2x.png")]
    [InlineData("email", "20170304011251.GA26789@host.local")]
    [InlineData("email", "f27db281-abad-5043-6d71-cbb083b1c877@mail.local")]
    [InlineData("phone", "+3.140000")]
    public void What_only_has_the_form_of_an_address_is_rejected(string check, string value) => Assert.False(Ask(check, value));

    [Theory]
    [InlineData("PRIVATE KEY", true)]
    [InlineData("OPENSSH PRIVATE KEY", true)]
    [InlineData("CERTIFICATE", false)]
    [InlineData("RSA PUBLIC KEY", false)]
    public void Armour_in_base64_is_private_unless_its_first_line_says_otherwise(string kind, bool expected)
    {
        byte[] armour = Encoding.UTF8.GetBytes($"-----BEGIN {kind}-----\n" + new string('A', 64));
        Assert.Equal(expected, Ask("armoured-private-key", Convert.ToBase64String(armour)));
    }

    private static bool Ask(string check, string value) => Checks.Find(check)!(Encoding.UTF8.GetBytes(value));
}
