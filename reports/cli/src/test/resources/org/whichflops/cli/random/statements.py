"""What random networks are made of: statements over X, the value before, and Y, any value.

DIVISOR and LAST are numbers that fit, D is the dimensions of an image, and W, B, V, K, C and T are parameters.
"""

ACTIVATIONS = """
    ReLU() ReLU(inplace=True) ReLU6() ReLU6(inplace=True) LeakyReLU(0.1) LeakyReLU(0.1,inplace=True) PReLU() RReLU()
    ELU() CELU(0.5) SELU() GELU() GELU(approximate='tanh') SiLU() Mish() Hardswish() Hardsigmoid() Hardtanh()
    Hardtanh(0.0,6.0) Sigmoid() LogSigmoid() Tanh() Tanhshrink() Softsign() Softplus() Hardshrink() Softshrink()
    Softmax(dim=-1) Softmax(dim=1) LogSoftmax(dim=1) GLU() GLU(dim=1) Identity() Dropout(0.1) Dropout(0.1,inplace=True)
    AlphaDropout(0.2)
""".split()
OF_ONE = """
    F.relu(X); F.relu(X, True); F.relu(X, inplace=True); torch.nn.functional.relu(X); F.relu6(X); F.silu(X)
    F.hardswish(X); F.hardsigmoid(X); F.selu(X); F.mish(X); F.hardtanh(X); F.leaky_relu(X, 0.2); F.elu(X); F.celu(X)
    F.sigmoid(X); F.tanh(X); F.logsigmoid(X); F.softsign(X); F.softplus(X); F.tanhshrink(X); F.gelu(X)
    F.gelu(X, approximate='tanh'); F.hardshrink(X); F.softshrink(X); F.threshold(X, 0.1, 0.0); F.softmax(X, dim=-1)
    F.softmax(X, 1); F.log_softmax(X, dim=1); F.glu(X); F.glu(X, dim=1); F.normalize(X); F.normalize(X, p=2, dim=-1)
    F.dropout(X, 0.1, False); F.dropout(X, p=0.1, training=False); F.layer_norm(X, [LAST]); torch.relu(X)
    torch.sigmoid(X); torch.tanh(X); torch.sqrt(X); torch.rsqrt(X); torch.exp(X); torch.log(X); torch.abs(X)
    torch.sign(X); torch.cos(X); torch.erf(X); torch.round(X); torch.pow(X, 2); torch.clamp(X, 0, 1)
    torch.clamp(X, min=0.1); torch.softmax(X, dim=1); X.sigmoid(); X.tanh(); X.relu(); X.relu_(); X.sqrt(); X.rsqrt()
    X.exp(); X.abs(); X.sin(); X.neg(); X.reciprocal(); X.log1p(); X.floor(); X.sigmoid_(); X.exp_(); X.sqrt_()
    X.tanh_(); X.clamp(0, 1); X.clamp(min=0); X.clamp_(0, 1); X.pow(2); X.softmax(dim=-1); X.softmax(1); X.float()
    X.contiguous(); X.clone(); X ** 2; -X
"""
OF_TWO = """
    X + Y; X - Y; X * Y; X / (Y * Y + 1.0); X + 1; X * 0.5; 2.0 * X; 1.0 - X; X / 2.0; torch.add(X, Y)
    torch.mul(X, Y); torch.sub(X, Y); torch.div(X, Y); torch.maximum(X, Y); torch.minimum(X, Y); torch.add(X, 1.0)
    torch.mul(X, 2); torch.sub(X, 2); X.add(Y); X.mul(Y); X.sub(Y); X.div(Y); X.maximum(Y); X.add(1); X.mul(0.5)
    X.sub(1.0); X.div(2.0); X.add_(Y); X.mul_(Y); X.sub_(Y); X.div_(Y); X.add_(1); X.mul_(2.0); X.div_(2.0)
    operator.iadd(X, Y); operator.imul(X, Y); torch.where(torch.gt(X, 0), X, Y); torch.where(X == 0, X, Y)
    torch.where(torch.gt(X, Y), X, 0.0); torch.cat([X, Y], 1); torch.cat([X, Y], dim=1); torch.cat((X, X), dim=1)
    torch.cat([X, X], -1); torch.stack([X, X], dim=1)
"""
SHAPING = """
    X.flatten(1); X.flatten(0, 1); torch.flatten(X, 1); torch.flatten(X, 0, 1)
    torch.flatten(X, start_dim=1, end_dim=2); X.transpose(1, -1); X.transpose(0, 1); torch.transpose(X, 1, -1)
    X.transpose(1, 2).contiguous(); X.unsqueeze(1); X.unsqueeze(-1); torch.unsqueeze(X, 1); X.squeeze(1)
    X.squeeze(-1); torch.squeeze(X, 1); X.view(X.size(0), -1); X.view(-1, X.shape[-1])
    X.view(X.shape[0], X.shape[1], -1); X.reshape(X.shape[0], -1); X.reshape(-1, X.size(-1))
    X.reshape(X.size(0), DIVISOR, -1); X.unflatten(1, (DIVISOR, -1)); X.chunk(2, 1)[0]; torch.chunk(X, 2, dim=1)[1]
    X.split(1, 1)[0]; torch.split(X, 2, dim=1)[0]; X.unbind(1)[0]; X[:, 1:]; X[:, 0]; X[:, -1]; X[0:1]; X[:, None]
    X[:, :, ::2]; X[..., :2]; torch.roll(X, 1, 1); torch.roll(X, shifts=(1,), dims=(1,)); X.mean(1); X.mean(-1)
    X.mean(dim=-1, keepdim=True); torch.mean(X, 1); torch.mean(X, dim=-1, keepdim=True); X.sum(1); X.sum(dim=-1)
    X.sum(1, keepdim=True); torch.sum(X, dim=1); torch.sum(X, 1, True); X.amax(1); X.amax(-1, keepdim=True)
    X.amin(dim=1); torch.amax(X, -1); X - X.mean(1, keepdim=True); X / X.norm(dim=-1, keepdim=True)
"""
SHAPING_BY_RANK = {
    2: "X",
    3: "X.permute(0, 2, 1); torch.permute(X, (0, 2, 1)); X.permute(1, 0, 2); X.unsqueeze(0); X.repeat(1, 1, 2)",
    4: """X.permute(0, 2, 3, 1); X.permute(0, 3, 1, 2); X.flatten(2); X.flatten(2).transpose(1, 2); X.mean([2, 3])
          X.mean((2, 3), keepdim=True); F.pixel_shuffle(X, 2); F.pixel_unshuffle(X, 2); X.repeat(1, 1, 1, 2)""",
    5: "X.permute(0, 2, 3, 4, 1); X.flatten(2); X.mean([2, 3, 4])",
}
PRODUCTS = """
    X @ X.transpose(-2, -1); X.transpose(-2, -1) @ X; torch.matmul(X, X.transpose(-2, -1))
    X.matmul(X.transpose(-1, -2)); X @ self.W.t(); torch.matmul(X, self.W.t()); F.linear(X, self.W)
    F.linear(X, self.W, self.B); X * self.V; X + self.V; self.V + X; torch.add(X, self.V); torch.mul(self.V, X)
"""
PRODUCTS_BY_RANK = {
    2: """torch.mm(X, self.W.t()); X.mm(self.W.t()); torch.addmm(self.B, X, self.W.t())
          torch.einsum('ij,kj->ik', X, self.W)""",
    3: """torch.bmm(X, X.transpose(1, 2)); X.bmm(X.transpose(1, 2)); torch.einsum('bij,bkj->bik', X, X)
          torch.einsum('bij,kj->bik', X, self.W); torch.baddbmm(X @ X.transpose(1, 2), X, X.transpose(1, 2))
          F.scaled_dot_product_attention(X, X, X)""",
    4: """torch.einsum('bhij,bhkj->bhik', X, X); torch.einsum('bhij,kj->bhik', X, self.W)
          F.scaled_dot_product_attention(X, X, X); F.scaled_dot_product_attention(X, X, X, is_causal=True)""",
    5: "X @ self.W.t()",
}
WINDOWS = """
    F.max_poolD(X, 2); F.max_poolD(X, 3, 1, 1); F.max_poolD(X, kernel_size=2, stride=1); F.avg_poolD(X, 2)
    F.avg_poolD(X, 3, stride=2, padding=1); F.adaptive_avg_poolD(X, 1); F.adaptive_avg_poolD(X, 3)
    F.adaptive_max_poolD(X, 2); F.convD(X, self.K); F.convD(X, self.K, padding=1)
    F.convD(X, self.K, self.C, stride=2, padding=1); F.conv_transposeD(X, self.T, stride=2); F.group_norm(X, DIVISOR)
    F.interpolate(X, scale_factor=2); F.interpolate(X, scale_factor=2.0, mode='nearest'); F.interpolate(X, size=5)
    F.interpolate(X, size=4, mode='area'); F.interpolate(X, scale_factor=1.5, mode='area'); F.pad(X, (1, 1))
    F.interpolate(X, scale_factor=2, recompute_scale_factor=True); F.pad(X, (1, 2), mode='constant', value=0.5)
    F.pad(X, (0, 1), mode='replicate')
"""
WINDOWS_OF_IMAGES = """
    F.interpolate(X, scale_factor=2, mode='bilinear', align_corners=False)
    F.interpolate(X, size=(6, 5), mode='bicubic'); F.interpolate(X, size=X.shape[2:], mode='bilinear')
    F.pad(X, (1, 1, 1, 1), mode='reflect'); F.pad(X, (1, 1, 2, 2))
"""


def forms(text):
    return [form.strip() for line in text.strip().split("\n") for form in line.split(";")]
